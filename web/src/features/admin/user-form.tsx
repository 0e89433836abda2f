/** What is known of a person who signs in; a new password is set here, too. */
import { Button, Group, MultiSelect, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '@/api/client'
import { useDepartments } from '@/shared/departments'
import { newerVersion, useFields } from '@/shared/fields'
import { FormProblem } from '@/shared/form-problem'
import type { User } from './queries'
import { isRole, newUser, ROLES, USER_FIELDS, type UserDraft, userChange, userDraft } from './user-draft'

type Props = {
  user: User | undefined
  onSaved: (user: User) => void
  onCancel: () => void
  onNewer: (user: User) => void
}

function useSave(user: User | undefined, onSaved: (user: User) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (draft: UserDraft) =>
      user
        ? body(
            client.PATCH('/api/v1/users/{id}', {
              params: { path: { id: user.id } },
              body: userChange(user, draft),
            }),
          )
        : body(client.POST('/api/v1/users', { body: newUser(draft) })),
    onSuccess: saved => {
      void queries.invalidateQueries({ queryKey: ['users'] })
      onSaved(saved)
    },
  })
}

export function UserForm({ user, onSaved, onCancel, onNewer }: Props) {
  const { t } = useTranslation()
  const { data: departments = [] } = useDepartments()
  const saving = useSave(user, onSaved)
  const fields = useFields(userDraft(user), saving.error)
  function submit(event: FormEvent) {
    event.preventDefault()
    saving.mutate(fields.values)
  }
  function loadNewer() {
    const newer = newerVersion<User>(saving.error)
    if (!newer) return
    fields.setValues(userDraft(newer))
    saving.reset()
    onNewer(newer)
  }
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="sm">
        <TextInput
          label={t('admin.users.email')}
          type="email"
          autoComplete="off"
          withAsterisk={!user}
          disabled={user !== undefined}
          data-autofocus={user === undefined || undefined}
          {...fields.text('email')}
        />
        <TextInput label={t('admin.users.name')} autoComplete="off" {...fields.text('name')} />
        <Select
          label={t('admin.users.role')}
          description={t(`admin.users.roleHint.${fields.values.role}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={ROLES.map(role => ({ value: role, label: t(`shared.role.${role}`) }))}
          {...fields.value('role')}
          onChange={role => isRole(role) && fields.set('role', role)}
        />
        {departments.length > 1 && (
          <MultiSelect
            label={t('admin.users.departments')}
            description={t('admin.users.departmentsHint')}
            data={departments.map(({ id, name }) => ({ value: id, label: name }))}
            searchable
            {...fields.value('department_ids')}
          />
        )}
        <PasswordInput
          label={user ? t('admin.users.newPassword') : t('admin.users.password')}
          description={user ? t('admin.users.newPasswordHint') : t('admin.users.passwordHint')}
          autoComplete="new-password"
          {...fields.text('password')}
        />
        <FormProblem error={saving.error} fields={USER_FIELDS} onNewer={loadNewer} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('shared.action.cancel')}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {user ? t('admin.users.save') : t('admin.users.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
