/** A new draft with the same settings, and with the contacts if wanted; it opens for editing. */
import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '@/api/client'
import { FormProblem } from '@/shared/form-problem'
import { tell } from '@/shared/notice'

type Props = { campaign: Schemas['Campaign']; onClose: () => void }

export function DuplicateDialog({ campaign, onClose }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [contacts, setContacts] = useState(true)
  const duplicating = useMutation({
    mutationFn: () =>
      body(
        client.POST('/api/v1/campaigns/{id}/duplicate', {
          params: { path: { id: campaign.id } },
          body: { contacts },
        }),
      ),
    onSuccess: copy => {
      void queries.invalidateQueries({ queryKey: ['campaigns'] })
      onClose()
      tell(t('campaign.move.duplicated'))
      void navigate({ to: `/campaigns/${copy.id}/edit` })
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('campaign.duplicating.title', { name: campaign.name })}>
      <Stack gap="md">
        <Text>{t('campaign.duplicating.text')}</Text>
        <Checkbox
          checked={contacts}
          onChange={event => setContacts(event.currentTarget.checked)}
          label={t('campaign.duplicating.contacts')}
        />
        <FormProblem error={duplicating.error} fields={[]} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('shared.action.cancel')}
          </Button>
          <Button loading={duplicating.isPending} onClick={() => duplicating.mutate()}>
            {t('campaign.duplicating.verb')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
