/** What a part of a page shows instead of its content: loading, empty, error, not allowed. */
import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSays } from './says'

export function Loading({ height = 200 }: { height?: number }) {
  const { t } = useTranslation()
  return (
    <Center mih={height} role="status" aria-label={t('shared.state.loading')}>
      <Loader size="sm" type="dots" />
    </Center>
  )
}

/** Empty is a beginning: what belongs here, and the one action that brings it. */
export function EmptyState(props: { title: string; text: string; icon?: ReactNode; action?: ReactNode }) {
  return (
    <Center py={56} px="md">
      <Stack gap={6} align="center" maw={460} ta="center">
        {props.icon}
        <Title order={2}>{props.title}</Title>
        <Text c="dimmed">{props.text}</Text>
        {props.action && <div style={{ marginTop: 10 }}>{props.action}</div>}
      </Stack>
    </Center>
  )
}

export function ErrorState({ error, onAgain }: { error: unknown; onAgain?: () => void }) {
  const { t } = useTranslation()
  const says = useSays()
  const { title, text, worthAgain } = says(error)
  return (
    <Center py={48} px="md" role="alert">
      <Stack gap={6} align="center" maw={460} ta="center">
        <Title order={2}>{title}</Title>
        <Text c="dimmed">{text}</Text>
        {onAgain && worthAgain && (
          <Button mt={8} variant="default" onClick={onAgain}>
            {t('shared.action.again')}
          </Button>
        )}
      </Stack>
    </Center>
  )
}
