/** The figures of an older run that was chosen, said to be so, with the way back to the newest. */
import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { ErrorState, Loading } from '@/shared/states'
import { HowFar } from './answer'
import classes from './campaign.module.css'
import { useRuns } from './data'
import { OutcomesPanel } from './outcomes-panel'
import { runWords } from './run-words'
import { useFormats } from './says'
import { useCampaignSearch } from './search'

type Props = {
  campaign: Schemas['Campaign']
  run: string
  progress: Schemas['Progress'] | undefined
  error: unknown
  onAgain: () => void
}

export function RunAnswer({ campaign, run, progress, error, onAgain }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <section className={classes.answer} aria-label={t('campaign.metrics')}>
        <RunSentence id={campaign.id} run={run} />
        {progress ? (
          <HowFar name={campaign.name} progress={progress} />
        ) : error ? (
          <ErrorState error={error} onAgain={onAgain} />
        ) : (
          <Loading height={140} />
        )}
      </section>
      {progress && (
        <div className={classes.evidence}>
          <OutcomesPanel campaign={campaign} progress={progress} />
        </div>
      )}
    </>
  )
}

function RunSentence({ id, run }: { id: string; run: string }) {
  const { t } = useTranslation()
  const { n, at } = useFormats()
  const { rows } = useRuns(id)
  const [, change] = useCampaignSearch()
  const known = runWords(rows, run)
  return (
    <Group gap="sm" className={classes.sentence}>
      <Text fz="lg" component="p" m={0} mih={24}>
        {known &&
          t(`campaign.run.${known.word}`, {
            n: n(known.number),
            of: n(known.of),
            at: known.at ? at(known.at) : '',
          })}
      </Text>
      <Button size="compact-sm" variant="default" onClick={() => change({ run: undefined })}>
        {t('campaign.filter.newestRun')}
      </Button>
    </Group>
  )
}
