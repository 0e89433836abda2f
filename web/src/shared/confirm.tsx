/** Asks before what can't be undone, and names the consequence. The button says what it does, never "OK". */
import { Button, Group, Modal, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useWords } from './says'

export type ConfirmProps = {
  opened: boolean
  onClose: () => void
  title: string
  /** What will be the case afterwards. */
  consequence: ReactNode
  /** The verb and its object: "Stop campaign". */
  verb: string
  danger?: boolean
  act: () => Promise<unknown>
}

export function Confirm({ opened, onClose, title, consequence, verb, danger = true, act }: ConfirmProps) {
  const { t } = useTranslation()
  const words = useWords()
  const acting = useMutation({ mutationFn: act, onSuccess: onClose })
  function close() {
    acting.reset()
    onClose()
  }
  return (
    <Modal opened={opened} onClose={close} title={title} size="md">
      <Text component="div">{consequence}</Text>
      {acting.error && (
        <Text mt="sm" c="red" role="alert">
          {words(acting.error)}
        </Text>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close} data-autofocus>
          {t('shared.action.cancel')}
        </Button>
        <Button
          color={danger ? 'red.8' : undefined}
          loading={acting.isPending}
          onClick={() => acting.mutate()}
        >
          {verb}
        </Button>
      </Group>
    </Modal>
  )
}
