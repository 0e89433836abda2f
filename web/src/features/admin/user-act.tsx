/** Something that is done to a person's way in, after saying what follows. */
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client } from '@/api/client'
import { Confirm } from '@/shared/confirm'
import { useLast } from '@/shared/last'
import type { User } from './queries'

const CHANGES = {
  disable: { disabled: true },
  enable: { disabled: false },
  factorOff: { second_factor: false },
} as const

type Act = keyof typeof CHANGES
type Props = { user: User; act: Act; onChanged: (user: User) => void }

export function UserAct({ user, act, onChanged }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Act | null>(null)
  // The question goes on saying what was asked while it closes, when the person has changed already.
  const shown = useLast(asked) ?? act
  async function change() {
    const changed = await body(
      client.PATCH('/api/v1/users/{id}', {
        params: { path: { id: user.id } },
        body: { version: user.version, ...CHANGES[shown] },
      }),
    )
    onChanged(changed)
    await queries.invalidateQueries({ queryKey: ['users'] })
  }
  return (
    <>
      <Button variant="default" onClick={() => setAsked(act)}>
        {t(`admin.users.act.${act}.verb`)}
      </Button>
      <Confirm
        opened={asked !== null}
        onClose={() => setAsked(null)}
        danger={shown !== 'enable'}
        title={t(`admin.users.act.${shown}.title`, { name: user.name })}
        consequence={t(`admin.users.act.${shown}.consequence`)}
        verb={t(`admin.users.act.${shown}.verb`)}
        act={change}
      />
    </>
  )
}
