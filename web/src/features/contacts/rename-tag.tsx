/** Gives a tag another name; says beforehand when two tags become one, or numbers come on the do-not-call list. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/api/client'
import { locale } from '@/i18n'
import { FormProblem } from '@/shared/form-problem'
import { count } from '@/shared/format'
import { tell } from '@/shared/notice'
import { contactsOf, type Tag } from '@/shared/tags'
import { effectOf, isDoNotCall, useTagChanges } from './tags'

export type TagActProps = {
  tag: Tag | undefined
  known: Tag[]
  opened: boolean
  onClose: () => void
  onGone: (from: string, to: string) => void
}

export function RenameTag({ tag, known, opened, onClose, onGone }: TagActProps) {
  const { t } = useTranslation()
  const { rename } = useTagChanges()
  const from = tag?.tag ?? ''
  const [to, setTo] = useState(from)
  const renaming = useMutation({
    mutationFn: () => rename(from, to.trim()),
    onSuccess: changed => {
      tell(t('contacts.tags.changed', { count: changed, n: count(changed, locale()) }))
      onGone(from, to.trim().toLowerCase())
      onClose()
    },
  })
  const effect = effectOf(from, to, known)
  const problem = renaming.error instanceof Problem ? renaming.error : undefined
  function submit(event: FormEvent) {
    event.preventDefault()
    renaming.mutate()
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t('contacts.tags.renameTitle', { tag: from })}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label={t('contacts.tags.name')}
            value={to}
            onChange={event => setTo(event.currentTarget.value)}
            error={problem?.of('to')}
          />
          <Text fz="sm" c="dimmed" mih={38}>
            {tag && t('contacts.tags.renameWhat', { count: tag.contacts, n: contactsOf(tag, locale()) })}{' '}
            {effect === 'merges' && t('contacts.tags.merges', { tag: to.trim() })}
            {effect === 'lists' && t('contacts.tags.lists')}
            {isDoNotCall(from) && t('contacts.tags.staysListed')}
          </Text>
          <FormProblem error={renaming.error} fields={['to']} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shared.action.cancel')}
            </Button>
            <Button
              type="submit"
              loading={renaming.isPending}
              disabled={to.trim() === '' || effect === 'same'}
            >
              {t(effect === 'merges' ? 'contacts.tags.mergeVerb' : 'contacts.tags.renameVerb')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
