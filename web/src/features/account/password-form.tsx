/** Another password for oneself. The present one is asked for, and every other browser is signed out. */
import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { client, done } from '@/api/client'
import { useMe } from '@/app/session'
import { useFields } from '@/shared/fields'
import { tell } from '@/shared/notice'
import { Refusal } from './refusal'

const NOTHING = { current_password: '', password: '' }

export function PasswordForm() {
  const { t } = useTranslation()
  const { user } = useMe()
  const queries = useQueryClient()
  const changing = useMutation({
    mutationFn: (given: typeof NOTHING) => done(client.POST('/api/v1/account/password', { body: given })),
    onSuccess: () => {
      tell(t('account.password.changed'))
      fields.setValues(NOTHING)
      void queries.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  const fields = useFields(NOTHING, changing.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    changing.mutate(fields.values)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {/* For password managers, which ask whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordInput
          label={t('account.password.current')}
          autoComplete="current-password"
          required
          {...fields.text('current_password')}
        />
        <PasswordInput
          label={t('account.password.next')}
          description={t('shell.setup.passwordHint')}
          autoComplete="new-password"
          required
          {...fields.text('password')}
        />
        <Refusal error={changing.error} fields={['current_password', 'password']} />
        <Text fz="sm" c="dimmed">
          {t('account.password.consequence')}
        </Text>
        <Button type="submit" variant="default" w="fit-content" loading={changing.isPending}>
          {t('account.password.submit')}
        </Button>
      </Stack>
    </form>
  )
}
