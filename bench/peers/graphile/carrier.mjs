// The vendor's own SDK, sent to another address: requests for its host go to the local carrier.
import { createRequire } from 'node:module'
import twilio from 'twilio'

const require = createRequire(import.meta.url)
const RequestClient = require('twilio/lib/base/RequestClient')

class LocalClient extends RequestClient {
  constructor(base) {
    super({ timeout: 15_000 })
    this.base = base
  }

  request(options) {
    return super.request({ ...options, uri: options.uri.replace('https://api.twilio.com', this.base) })
  }
}

export const carrier = ({ accountSid, authToken, base }) => twilio(accountSid, authToken, { httpClient: new LocalClient(base) })
