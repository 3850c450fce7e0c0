import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/components/PageHeader';

export function NewModelPage() {
  const { t } = useTranslation();
  return <PageHeader title={t('nav.adminModels')} />;
}

export function EditModelPage() {
  const { t } = useTranslation();
  return <PageHeader title={t('nav.adminModels')} />;
}
