/** Takes somebody who was not yet called out of the campaign. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, done, type Schemas } from '@/api/client'
import { Confirm } from '@/shared/confirm'
import * as format from '@/shared/format'
import { tell } from '@/shared/notice'

type Props = { id: string; recipient: Schemas['Recipient'] | undefined; onClose: () => void }

export function RemoveRecipient({ id, recipient, onClose }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  async function remove() {
    if (!recipient) return
    const params = { path: { id, recipient_id: recipient.id } }
    await done(client.DELETE('/api/v1/campaigns/{id}/recipients/{recipient_id}', { params }))
    await queries.invalidateQueries({ queryKey: ['campaign', id] })
    tell(t('campaign.recipients.removed'))
  }
  return (
    <Confirm
      opened={recipient !== undefined}
      onClose={onClose}
      title={t('campaign.recipients.removeTitle', {
        name: recipient ? recipient.name || format.phone(recipient.phone) : '',
      })}
      consequence={t('campaign.recipients.removeText')}
      verb={t('campaign.recipients.removeVerb')}
      act={remove}
    />
  )
}
