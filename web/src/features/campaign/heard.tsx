/** What a person heard in a call: the document that the carrier was answered with, as text to read or take along. */
import { Button, Code, Collapse, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButtonText } from '@/shared/copy-button'
import { ErrorState, Loading } from '@/shared/states'
import { useHeard } from './data'

/** Of the block while its text is asked for. Pixels. */
const HEIGHT = 96

export function Heard({ campaign, attempt }: { campaign: string; attempt: string }) {
  const { t } = useTranslation()
  const [opened, { toggle }] = useDisclosure(false)
  const block = useId()
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        ml={-8}
        aria-expanded={opened}
        aria-controls={block}
        onClick={toggle}
      >
        {t(opened ? 'campaign.heard.hide' : 'campaign.heard.show')}
      </Button>
      <Collapse expanded={opened} id={block}>
        {opened && <Document campaign={campaign} attempt={attempt} />}
      </Collapse>
    </div>
  )
}

function Document({ campaign, attempt }: { campaign: string; attempt: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useHeard(campaign, attempt)
  if (error) return <ErrorState error={error} onAgain={() => void refetch()} />
  if (!data) return <Loading height={HEIGHT} />
  return (
    <>
      <Code
        block
        mah={260}
        tabIndex={0}
        aria-label={t('campaign.heard.label')}
        style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', overflow: 'auto' }}
      >
        {inLines(data.twiml)}
      </Code>
      <Group justify="space-between" mt={4} wrap="nowrap" align="flex-start">
        <Text c="dimmed" fz="xs">
          {t('campaign.heard.hint')}
        </Text>
        <CopyButtonText text={data.twiml} />
      </Group>
    </>
  )
}

/** One element a line, as far as that changes no words. */
function inLines(twiml: string): string {
  return twiml.replaceAll('><', '>\n<')
}
