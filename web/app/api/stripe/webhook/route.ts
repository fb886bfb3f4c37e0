import { answerStripe } from '#web/server/billing/answer-stripe'

export { answerStripe as POST }
