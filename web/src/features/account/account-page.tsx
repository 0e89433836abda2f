/** One's own account: who one is here, password, second factor, browsers that are signed in, appearance. */
import { SimpleGrid, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '@/app/session'
import { LanguageControl, SchemeControl } from '@/shared/appearance'
import { useDepartments } from '@/shared/departments'
import { Fact, Facts } from '@/shared/facts'
import { Page } from '@/shared/page'
import { Panel } from '@/shared/panel'
import { PasswordForm } from './password-form'
import { SecondFactor } from './second-factor'
import { Sessions } from './sessions'

export default function AccountPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('account.title')}>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          <Panel title={t('account.you')}>
            <You />
          </Panel>
          <Panel title={t('account.here')}>
            <Stack gap="xs">
              <Text fz="sm" c="dimmed">
                {t('account.hereHint')}
              </Text>
              <Text fz="sm" fw={600}>
                {t('shell.scheme')}
              </Text>
              <SchemeControl size="sm" />
              <Text fz="sm" fw={600}>
                {t('shell.language')}
              </Text>
              <LanguageControl size="sm" />
            </Stack>
          </Panel>
          <Panel title={t('account.password.title')}>
            <PasswordForm />
          </Panel>
          <Panel title={t('account.factor.title')} height={180}>
            <SecondFactor />
          </Panel>
        </SimpleGrid>
        <Panel title={t('account.sessions.title')} height={140}>
          <Sessions />
        </Panel>
      </Stack>
    </Page>
  )
}

function You() {
  const { t } = useTranslation()
  const { user, organization } = useMe()
  const { data = [] } = useDepartments(useMay('read_departments'))
  const own = data.filter(department => user.department_ids.includes(department.id))
  return (
    <Facts>
      <Fact name={t('account.name')}>{user.name}</Fact>
      <Fact name={t('account.email')}>{user.email}</Fact>
      <Fact name={t('account.role')}>{t(`shared.role.${user.role}`)}</Fact>
      <Fact name={t('account.departments')}>{own.map(department => department.name).join(', ')}</Fact>
      <Fact name={t('account.organization')}>{organization.name}</Fact>
    </Facts>
  )
}
