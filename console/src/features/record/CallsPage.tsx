import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/PageHeader';

export function CallsPage() {
  const { t } = useTranslation();
  return <PageHeader title={t('nav.calls')} />;
}
