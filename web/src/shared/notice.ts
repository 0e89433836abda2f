/** Short notices at the edge of the page: what was done, or why it could not be. */
import { notifications } from '@mantine/notifications'

export function tell(message: string) {
  notifications.show({ message, withBorder: true, autoClose: 4_000 })
}

export function warn(message: string) {
  notifications.show({ message, color: 'red', withBorder: true, autoClose: 10_000 })
}
