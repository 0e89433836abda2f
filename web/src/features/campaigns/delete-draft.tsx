/** Asks before a draft is gone. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, done, type Schemas } from '@/api/client'
import { Confirm } from '@/shared/confirm'

type Props = { campaign: Schemas['Campaign']; opened: boolean; onClose: () => void }

export function DeleteDraft({ campaign, opened, onClose }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  async function remove() {
    await done(client.DELETE('/api/v1/campaigns/{id}', { params: { path: { id: campaign.id } } }))
    queries.removeQueries({ queryKey: ['campaign', campaign.id] })
    await queries.invalidateQueries({ queryKey: ['campaigns'] })
  }
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={t('campaigns.delete.title', { name: campaign.name })}
      consequence={t('campaigns.delete.consequence')}
      verb={t('campaigns.delete.verb')}
      act={remove}
    />
  )
}
