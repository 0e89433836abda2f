/** Starts the application. */
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './global.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queries } from '@/api/query'
import { startTexts } from '@/i18n'
import { Keyboard } from './keyboard'
import { router } from './router'
import { theme, variables } from './theme'

const schemes = localStorageColorSchemeManager({ key: 'carillon-scheme' })
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

await startTexts()
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
    >
      <Notifications position="bottom-right" limit={3} />
      <QueryClientProvider client={queries}>
        <Keyboard>
          <RouterProvider router={router} />
        </Keyboard>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
