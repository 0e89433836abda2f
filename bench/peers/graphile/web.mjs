// The webhooks. Each signature is checked, and a status is answered only after its commit.
import formbody from '@fastify/formbody'
import fastify from 'fastify'
import twilio from 'twilio'

export function web({ store, authToken, publicUrl, onAnswered, onEnded }) {
  const app = fastify()
  app.register(formbody)

  app.addHook('preHandler', async (request, reply) => {
    const signature = request.headers['x-twilio-signature'] ?? ''
    if (!twilio.validateRequest(authToken, signature, publicUrl + request.raw.url, request.body ?? {})) {
      return reply.code(403).send()
    }
  })
  app.addHook('onResponse', async () => onAnswered())

  app.post('/voice/:token', async (request, reply) => {
    const name = await store.name(request.params.token)
    const response = new twilio.twiml.VoiceResponse()
    response.say({ voice: 'Polly.Joanna-Neural', language: 'en-US' }, `Hello ${name ?? 'there'}, this is a reminder of your appointment tomorrow.`)
    response.hangup()
    return reply.type('text/xml').send(response.toString())
  })

  app.post('/status/:token', async (request, reply) => {
    const { CallSid, CallStatus } = request.body
    const ended = await store.heard(request.params.token, CallSid, CallStatus)
    if (ended) onEnded()
    return reply.code(204).send()
  })
  return app
}
