import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/PageHeader';

export function UsagePage() {
  const { t } = useTranslation();
  return <PageHeader title={t('nav.usage')} />;
}
