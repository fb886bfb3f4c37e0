import { readSecret, SecretError, type SecretRequest } from '#db/secrets/read-secret'
import type { FlowPlace, SealedValues } from '#db/secrets/sealed-values'
import type { SecretStore } from '#db/secrets/secret-store'
import { TaskError } from '#language/define-plugin'
import { type SealedValue, toSealed } from '#language/sealed'
import type { Masker } from './masking/masker'

/** The secrets that one task run may use. All that it is given is hidden from then on in what it says. */
export type TaskSecrets = {
  get(request: SecretRequest): Promise<string>
  unseal(text: string): Promise<string>
  seal(text: string): Promise<SealedValue>
}

type Options = { secrets: SecretStore; sealedValues: SealedValues; place: FlowPlace; masker: Masker }

export function createTaskSecrets({ secrets, sealedValues, place, masker }: Options): TaskSecrets {
  const opened = new Map<string, Promise<string>>()

  async function unseal(text: string): Promise<string> {
    const value = await sealedValues.open(place, text)
    masker.add(value)
    return value
  }

  return {
    async get(request) {
      const { value, whole } = await readSecret(secrets, place, request).catch(asTaskError)
      masker.add(whole)
      masker.add(value)
      return value
    },
    unseal(text) {
      const known = opened.get(text) ?? unseal(text)
      opened.set(text, known)
      return known
    },
    seal: async text => toSealed(await sealedValues.seal(place, text)),
  }
}

function asTaskError(error: unknown): never {
  throw error instanceof SecretError ? new TaskError(error.message, { cause: error }) : error
}
