import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/PageHeader';

export function WebhooksPage() {
  const { t } = useTranslation();
  return <PageHeader title={t('nav.webhooks')} />;
}
