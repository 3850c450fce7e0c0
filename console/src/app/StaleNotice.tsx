import { Alert } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isStale, queryClient } from '@/lib/query';

/** Says so while what is in view cannot be asked for again. What was loaded stays, and so does what somebody typed. */
export function StaleNotice() {
  const { t } = useTranslation();
  const stale = useSyncExternalStore((changed) => queryClient.getQueryCache().subscribe(changed), isStale);
  return stale && <Alert type="warning" showIcon title={t('shell.stale')} style={{ marginBottom: 16 }} />;
}
