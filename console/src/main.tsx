import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from '@/app/Providers';
import { askAhead, router } from '@/app/router';
import { startI18n } from '@/lib/i18n';
import { allowOwnStyles } from '@/lib/ownStyles';
import '@/app/global.css';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no element with the id root');
}

allowOwnStyles();
askAhead();
await startI18n();
createRoot(root).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
