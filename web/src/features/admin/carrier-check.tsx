/** Asks the carrier whether all is well; each finding in words, with the mend. */
import { Button, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { body, client, type Schemas } from '@/api/client'
import { Dot } from '@/shared/dot'
import { Panel } from '@/shared/panel'
import { ErrorState } from '@/shared/states'
import classes from './admin.module.css'
import { findingWord, mendWord } from './codes'
import { sentence } from './words'

type Finding = Schemas['FindingView']

const TONES = { ok: 'active', warning: 'paused', failed: 'failed' } as const
const CHECKS = ['credentials', 'balance', 'numbers', 'webhooks'] as const

export function CarrierCheck({ isEntered }: { isEntered: boolean }) {
  const { t } = useTranslation()
  const checking = useMutation({ mutationFn: () => body(client.POST('/api/v1/carrier/check')) })
  const found = checking.data
  return (
    <Panel
      title={t('admin.carrier.check')}
      height={210}
      aside={
        <Button
          size="xs"
          variant="default"
          disabled={!isEntered}
          loading={checking.isPending}
          onClick={() => checking.mutate()}
        >
          {t('admin.carrier.checkVerb')}
        </Button>
      }
    >
      <Stack gap="xs" aria-live="polite">
        {!found && !checking.error && (
          <Text fz="sm" c="dimmed">
            {isEntered ? t('admin.carrier.checkHint') : t('admin.carrier.checkFirst')}
          </Text>
        )}
        {checking.error && <ErrorState error={checking.error} onAgain={() => checking.mutate()} />}
        {found && (
          <Text fw={600}>{found.ok ? t('admin.carrier.checkOk') : t('admin.carrier.checkNotOk')}</Text>
        )}
        {found && (
          <ul className={classes.findings}>
            {found.checks.map(finding => (
              <FindingLine key={finding.check} finding={finding} />
            ))}
          </ul>
        )}
      </Stack>
    </Panel>
  )
}

function FindingLine({ finding }: { finding: Finding }) {
  const { t } = useTranslation()
  const verdict = (['ok', 'warning'] as const).find(word => word === finding.verdict) ?? 'failed'
  const [word, mend] = [findingWord(finding.code), mendWord(finding.code)]
  const said = sentence(finding.message)
  const check = CHECKS.find(word => word === finding.check)
  return (
    <li className={classes.finding}>
      <Dot tone={TONES[verdict]}>
        {check ? t(`admin.carrier.checks.${check}`) : finding.check}: {t(`admin.carrier.verdicts.${verdict}`)}
      </Dot>
      <Text fz="sm">{word ? t(`admin.finding.${word}`, { said }) : said}</Text>
      {finding.mend && (
        <Text fz="sm" fw={600}>
          {mend ? t(`admin.mend.${mend}`) : sentence(finding.mend)}
        </Text>
      )}
    </li>
  )
}
