/** The first run: an organization and its first administrator, made once in the browser. */
import { Button, Paper, PasswordInput, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, Problem } from '@/api/client'
import { signedIn } from '@/app/session'
import { countries, timeZones } from '@/shared/places'
import { useWords } from '@/shared/says'

export function SetUp({ codeNeeded, onTaken }: { codeNeeded: boolean; onTaken: () => void }) {
  const { t } = useTranslation()
  const words = useWords()
  const [given, setGiven] = useState({
    organization: '',
    name: '',
    email: '',
    password: '',
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    default_country: new Intl.Locale(navigator.language).maximize().region ?? 'US',
    code: '',
  })
  const creating = useMutation({
    mutationFn: () =>
      body(client.POST('/api/v1/setup', { body: { ...given, code: codeNeeded ? given.code : undefined } })),
    onSuccess: signedIn,
  })
  const problem = creating.error instanceof Problem ? creating.error : undefined
  const isTaken = problem?.status === 409
  function field(name: keyof typeof given) {
    return {
      label: t(`shell.setup.${name === 'default_country' ? 'country' : name}`),
      value: given[name],
      error: problem?.of(name),
      required: true,
      onChange: (event: { currentTarget: { value: string } }) => {
        const { value } = event.currentTarget
        setGiven(old => ({ ...old, [name]: value }))
      },
    }
  }
  function choice(name: 'timezone' | 'default_country') {
    return {
      ...field(name),
      searchable: true,
      onChange: (value: string | null) => setGiven(old => ({ ...old, [name]: value ?? old[name] })),
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    creating.mutate()
  }
  return (
    <Paper p="xl" w="100%" maw={460} component="form" onSubmit={submit}>
      <Stack gap="md">
        <div>
          <Title order={1}>{t('shell.setup.title')}</Title>
          <Text c="dimmed" mt={4}>
            {t('shell.setup.lead')}
          </Text>
        </div>
        <TextInput {...field('organization')} autoFocus autoComplete="organization" />
        <Select {...choice('timezone')} data={timeZones()} />
        <Select
          {...choice('default_country')}
          data={countries()}
          description={t('shell.setup.countryHint')}
        />
        <TextInput {...field('name')} autoComplete="name" />
        <TextInput {...field('email')} type="email" autoComplete="username" />
        <PasswordInput
          {...field('password')}
          autoComplete="new-password"
          description={t('shell.setup.passwordHint')}
        />
        {codeNeeded && <TextInput {...field('code')} description={t('shell.setup.codeHint')} />}
        {problem && (
          <Text c="var(--status-failed)" fz="sm" role="alert">
            {isTaken ? t('shell.setup.taken') : words(problem)}
          </Text>
        )}
        {isTaken ? (
          <Button onClick={onTaken}>{t('shell.signIn.submit')}</Button>
        ) : (
          <Button type="submit" loading={creating.isPending}>
            {t('shell.setup.submit')}
          </Button>
        )}
      </Stack>
    </Paper>
  )
}
