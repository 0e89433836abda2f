/** Makes a token and shows its value, once. */
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '@/api/client'
import { useMe } from '@/app/session'
import { CopyLine } from '@/shared/copy-line'
import { useFields } from '@/shared/fields'
import { FormProblem } from '@/shared/form-problem'
import { useUsers } from './queries'
import { expiry, isLife, LIVES, type Life } from './token-state'

type Draft = { name: string; user_id: string; expires_at: Life }

export function TokenModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const [value, setValue] = useState<string | null>(null)
  function close() {
    setValue(null)
    onClose()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={value ? t('admin.tokens.madeTitle') : t('admin.tokens.new')}
      // The value is shown once: a click beside the window must not lose it.
      closeOnClickOutside={!value}
      closeOnEscape={!value}
      withCloseButton={!value}
    >
      {value ? <Made value={value} onKept={close} /> : <Making onMade={setValue} onClose={close} />}
    </Modal>
  )
}

function Made({ value, onKept }: { value: string; onKept: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm">
      <Text role="status">{t('admin.tokens.made')}</Text>
      <CopyLine text={value} label={t('admin.tokens.value')} />
      <Group justify="flex-end">
        <Button onClick={onKept} data-autofocus>
          {t('admin.tokens.kept')}
        </Button>
      </Group>
    </Stack>
  )
}

function Making({ onMade, onClose }: { onMade: (value: string) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const queries = useQueryClient()
  const { rows: users } = useUsers()
  const making = useMutation({
    mutationFn: ({ name, user_id, expires_at }: Draft) =>
      body(
        client.POST('/api/v1/tokens', {
          body: { name, user_id, expires_at: expiry(expires_at, Date.now()) },
        }),
      ),
    onSuccess: made => {
      void queries.invalidateQueries({ queryKey: ['tokens'] })
      onMade(made.token)
    },
  })
  const fields = useFields<Draft>({ name: '', user_id: me.user.id, expires_at: '90' }, making.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    making.mutate(fields.values)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('admin.tokens.name')}
          description={t('admin.tokens.nameHint')}
          withAsterisk
          data-autofocus
          {...fields.text('name')}
        />
        <Select
          label={t('admin.tokens.actsAs')}
          description={t('admin.tokens.actsAsHint')}
          searchable
          data={users
            .filter(user => !user.disabled)
            .map(user => ({ value: user.id, label: `${user.name} (${t(`shared.role.${user.role}`)})` }))}
          {...fields.value('user_id')}
          onChange={id => id && fields.set('user_id', id)}
        />
        <Select
          label={t('admin.tokens.expires')}
          data={LIVES.map(life => ({ value: life, label: t(`admin.tokens.lives.${life}`) }))}
          {...fields.value('expires_at')}
          onChange={life => isLife(life) && fields.set('expires_at', life)}
        />
        <FormProblem error={making.error} fields={['name', 'user_id', 'expires_at']} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shared.action.cancel')}
          </Button>
          <Button type="submit" loading={making.isPending}>
            {t('admin.tokens.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
