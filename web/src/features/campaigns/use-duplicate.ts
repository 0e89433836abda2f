/** Makes a new draft with the settings and contacts of a campaign, and opens it. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '@/api/client'
import { tell, warn } from '@/shared/notice'
import { useWords } from '@/shared/says'

export function useDuplicate(campaign: Pick<Schemas['Campaign'], 'id' | 'name'>) {
  const { t } = useTranslation()
  const words = useWords()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () =>
      body(
        client.POST('/api/v1/campaigns/{id}/duplicate', {
          params: { path: { id: campaign.id } },
          body: { contacts: true },
        }),
      ),
    onSuccess: copy => {
      void queries.invalidateQueries({ queryKey: ['campaigns'] })
      tell(t('campaigns.done.duplicate', { name: campaign.name }))
      void navigate({ to: '/campaigns/$campaignId/edit', params: { campaignId: copy.id } })
    },
    onError: error => warn(words(error)),
  })
}
