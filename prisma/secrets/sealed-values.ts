import { KeyError, type SecretBox } from '../secret-box'

/** The flow that a sealed value belongs to: in another one it can't be opened. */
export type FlowPlace = { tenantId: string; namespace: string; flowId: string }

/** Seals values that travel with an execution (SECRET inputs) into texts, and opens them. */
export type SealedValues = {
  seal(place: FlowPlace, value: string): Promise<string>
  /** Rejects with `KeyError` where the text is none, or of another flow. */
  open(place: FlowPlace, text: string): Promise<string>
}

export function createSealedValues(box: SecretBox): SealedValues {
  return {
    async seal(place, value) {
      const { dataKey, ciphertext } = await box.seal(place.tenantId, value, boundTo(place))
      return `v1.${dataKey}.${ciphertext.toString('base64')}`
    },
    async open(place, text) {
      const match = /^v1\.(\d{1,9})\.([A-Za-z0-9+/]+={0,2})$/.exec(text)
      if (match === null) throw new KeyError('This is no sealed value of Millrace')
      const sealed = { dataKey: Number(match[1]), ciphertext: Buffer.from(match[2]!, 'base64') }
      return box.open(place.tenantId, sealed, boundTo(place))
    },
  }
}

function boundTo({ namespace, flowId }: FlowPlace): string[] {
  return ['value', namespace, flowId]
}
