/** Deletes a draft, after saying what goes and what stays. */
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { client, done, type Schemas } from '@/api/client'
import { Confirm } from '@/shared/confirm'
import { tell } from '@/shared/notice'

type Props = { campaign: Schemas['Campaign']; opened: boolean; onClose: () => void }

export function DeleteDraft({ campaign, opened, onClose }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  async function remove() {
    await done(client.DELETE('/api/v1/campaigns/{id}', { params: { path: { id: campaign.id } } }))
    await navigate({ to: '/campaigns' })
    queries.removeQueries({ queryKey: ['campaign', campaign.id] })
    void queries.invalidateQueries({ queryKey: ['campaigns'] })
    tell(t('campaign.deleting.done'))
  }
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={t('campaign.deleting.title', { name: campaign.name })}
      consequence={t('campaign.deleting.text')}
      verb={t('campaign.deleting.verb')}
      act={remove}
    />
  )
}
