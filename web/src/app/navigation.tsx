/** Where one can go. What a role never has is not there. */
import {
  IconAddressBook,
  IconBuilding,
  IconChartGridDots,
  IconFileImport,
  IconForms,
  IconHeartRateMonitor,
  IconKey,
  IconMusic,
  IconPhoneCall,
  IconPhoneOff,
  IconServerCog,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Action, may, type Role } from './permissions'
import { useMe } from './session'
import classes from './shell.module.css'

type Place = {
  to: string
  word:
    | 'campaigns'
    | 'contacts'
    | 'imports'
    | 'audio'
    | 'doNotCall'
    | 'bestHours'
    | 'settings'
    | 'carrier'
    | 'users'
    | 'departments'
    | 'customFields'
    | 'tokens'
    | 'health'
  icon: TablerIcon
  needs: Action
}

const OUTBOUND: Place[] = [
  { to: '/campaigns', word: 'campaigns', icon: IconPhoneCall, needs: 'read_campaigns' },
  { to: '/contacts', word: 'contacts', icon: IconAddressBook, needs: 'read_contacts' },
  { to: '/imports', word: 'imports', icon: IconFileImport, needs: 'import_contacts' },
  { to: '/audio', word: 'audio', icon: IconMusic, needs: 'edit_audio' },
  { to: '/do-not-call', word: 'doNotCall', icon: IconPhoneOff, needs: 'read_do_not_call' },
  { to: '/best-hours', word: 'bestHours', icon: IconChartGridDots, needs: 'read_results' },
]
const ADMINISTRATION: Place[] = [
  { to: '/admin/settings', word: 'settings', icon: IconSettings, needs: 'read_settings' },
  { to: '/admin/carrier', word: 'carrier', icon: IconServerCog, needs: 'read_carrier' },
  { to: '/admin/users', word: 'users', icon: IconUsers, needs: 'manage_users' },
  { to: '/admin/departments', word: 'departments', icon: IconBuilding, needs: 'manage_departments' },
  {
    to: '/admin/custom-fields',
    word: 'customFields',
    icon: IconForms,
    needs: 'manage_custom_fields',
  },
  { to: '/admin/tokens', word: 'tokens', icon: IconKey, needs: 'manage_tokens' },
  { to: '/admin/health', word: 'health', icon: IconHeartRateMonitor, needs: 'read_health' },
]

/** What stands inside the shell's landmark of this name. */
export function Navigation() {
  const { t } = useTranslation()
  return (
    <>
      <Places title={t('shell.outbound')} places={OUTBOUND} />
      <Places title={t('shell.administration')} places={ADMINISTRATION} />
    </>
  )
}

function Places({ title, places }: { title: string; places: Place[] }) {
  const { t } = useTranslation()
  const role = useMe().user.role as Role
  const open = places.filter(place => may(role, place.needs))
  if (open.length === 0) return null
  return (
    <>
      <div className={classes.group}>{title}</div>
      {open.map(({ to, word, icon: Icon }) => (
        <Link key={to} to={to} className={classes.link}>
          <Icon size={17} stroke={1.6} aria-hidden />
          {t(`shell.${word}`)}
        </Link>
      ))}
    </>
  )
}
