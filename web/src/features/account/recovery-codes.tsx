/** Recovery codes, shown once: to be copied or kept as a file before the window is closed. */
import { Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/app/session'
import { saveText } from '@/shared/save-text'
import classes from './account.module.css'

export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useTranslation()
  const { user } = useMe()
  const text = codes.join('\n')
  function download() {
    saveText(
      'carillon-recovery-codes.txt',
      `${t('account.factor.codesFile', { email: user.email })}\n\n${text}\n`,
    )
  }
  return (
    <Stack gap="sm">
      <Text role="status">{t('account.factor.codesLead')}</Text>
      <ul className={classes.codes} aria-label={t('account.factor.codesTitle')}>
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="xs">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('shared.action.copied') : t('shared.action.copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={download}>
          {t('shared.action.download')}
        </Button>
      </Group>
      <Group justify="flex-end">
        <Button onClick={onKept}>{t('account.factor.kept')}</Button>
      </Group>
    </Stack>
  )
}
