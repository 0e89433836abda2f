/** The list of campaigns. */
export const campaigns = {
  title: 'Campaigns',
  create: 'Create Campaign',
  search: 'Search campaigns',
  tabs: 'Campaigns by state',
  tab: { active: 'Active', scheduled: 'Scheduled', drafts: 'Drafts', completed: 'Completed' },
  row: {
    started: 'Started',
    finished: 'Finished',
    created: 'Created',
    people_one: '{{n}} person',
    people_other: '{{n}} people',
    progressOf: 'Progress of {{name}}',
    of: '{{done}} of {{total}}',
    perMinute: '{{n}} calls a minute',
    talking: '{{n}} on the phone',
    waiting: '{{n}} waiting',
    retrying: '{{n}} wait for a retry',
    ends: 'ends about {{at}}',
    success: 'success rate {{rate}}',
  },
  act: {
    pauseOf: 'Pause {{name}}',
    resumeOf: 'Resume {{name}}',
    stopOf: 'Stop {{name}}',
    moreOf: 'More for {{name}}',
    start: 'Start now',
    unschedule: 'Unschedule',
    edit: 'Continue editing',
    duplicate: 'Duplicate',
    export: 'Export Results',
    csv: 'As CSV',
    excel: 'As Excel',
    delete: 'Delete draft',
  },
  hint: {
    pause: 'Pause: no further call is placed. Calls under way go on. You can resume later.',
    pauseRuns: 'Pause: no run begins; those that come meanwhile are skipped. You can resume later.',
    resume: 'Resume: dialing goes on where it stopped. Nobody is called twice for it.',
    stop: 'Stop: ends the campaign for good. You are asked first.',
  },
  done: {
    pause: '“{{name}}” is paused. No further call is placed.',
    pauseRuns: '“{{name}}” is paused. Runs that come meanwhile are skipped.',
    resume: '“{{name}}” is dialing again.',
    resumeRuns: '“{{name}}” waits for its next run again.',
    duplicate: 'This is a new draft with the settings and contacts of “{{name}}”.',
  },
  delete: {
    title: 'Delete draft “{{name}}”?',
    consequence:
      'Its settings and its list of recipients are gone for good. The contacts stay in the contact book.',
    verb: 'Delete draft',
  },
  empty: {
    first: 'Create your first campaign',
    title: 'Call many people with one message',
    simulated:
      'A campaign is a list of people, a message and rules for retries. Try it: on the simulated carrier no phone rings.',
    real: 'A campaign is a list of people, a message and rules for retries. Carillon calls everyone once and shows you live how it goes.',
    active: {
      title: 'No campaign is active',
      text: 'Campaigns that dial stand here, and those that are paused or failed and need you.',
    },
    scheduled: {
      title: 'No campaign is scheduled',
      text: 'Campaigns that wait for their start time stand here.',
    },
    drafts: {
      title: 'No drafts',
      text: 'Campaigns that are not launched yet stand here. They are saved as you go.',
    },
    completed: {
      title: 'No campaign is completed',
      text: 'Campaigns that have called everyone, or were stopped, stand here with their results.',
    },
  },
}
