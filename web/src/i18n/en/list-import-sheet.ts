/** A list from Google Sheets: its link, and why a sheet was not fetched. */
export const sheet = {
  title: 'Import from Google Sheets',
  link: 'Google Sheets URL',
  hint: 'Share the sheet with “Anyone with the link”, then copy the link. The tab that it names is imported; its first row holds the column names.',
  fetch: 'Fetch sheet',
  fetching: 'Fetching from Google; this can take 30 seconds.',
  refused: 'The sheet was not taken: {{why}}',
  tooMany: 'Within an hour you can fetch ten sheets. The next one can be fetched in {{wait}}.',
  fault: {
    empty: 'Paste the link of a Google Sheet: in the sheet choose Share, then Copy link.',
    tooLong: 'This is longer than any link. Paste only the link of the sheet.',
    badCharacter: 'This holds a character or a space that no link has. Paste only the link of the sheet.',
    notHttps: 'The link must begin with https://docs.google.com/spreadsheets/',
    otherHost:
      'This is not a link to Google Sheets. It must begin with https://docs.google.com/spreadsheets/',
    folder: 'This link leads to a folder. Open the sheet in it and copy its own link.',
    driveFile:
      'This link leads to a file in Drive. Open it with Google Sheets and copy that link, or upload the file as CSV.',
    notASheet: 'This link leads to another kind of document. Open the sheet and copy its own link.',
    noId: 'This link does not say which sheet. Open the sheet and copy the whole link.',
    badTab: 'The tab in this link (gid) is not a number. Open the tab and copy the link again.',
    twoTabs: 'This link names two different tabs. Open the one you want and copy the link again.',
    tabByName:
      'This link names its tab by name, and names change. Open the tab and copy the link from the address bar.',
    picksRows: 'This link picks rows of the sheet, which an import cannot. Put them on a tab of their own.',
    notShared: 'This sheet is not shared. In Google Sheets choose Share, then “Anyone with the link”.',
    notFound: 'This link leads to no sheet. It was deleted, or a part of the link is missing.',
    noSuchTab: 'The sheet has no such tab. Open the tab and copy the link from the address bar.',
    page: 'This link leads to a page instead of rows. Share the sheet with “Anyone with the link”, or upload it as CSV.',
    notCsv: 'This link leads to something that is no table. Share the sheet itself, or upload it as CSV.',
    emptySheet: 'The sheet is empty.',
    leadsAway:
      'This link leads away from Google Sheets, and nothing else is fetched. Copy the link of the sheet itself.',
    tooLarge: 'The sheet is larger than {{size}}. Cut it into several.',
    busy: 'Google Sheets asks for fewer requests. Try again in a few minutes.',
    unreachable: 'Google Sheets does not answer as it should. Try again in a few minutes.',
    tooSlow: 'The sheet did not come whole in time. Try again, or upload it as CSV.',
    cutOff: 'The sheet was cut off on the way. Try again.',
  },
}
