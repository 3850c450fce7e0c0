import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '@/components/LinkButton';
import { DEMO, useCallableModels } from '@/lib/callableModels';

/** While only the demo model is there: what an administrator does next, and what everybody else can do meanwhile. */
export function NextStep({ isAdmin }: { isAdmin: boolean }) {
  const { t } = useTranslation('home');
  const models = useCallableModels();
  if (models.data === undefined || models.data.some((model) => model.model_id !== DEMO)) {
    return null;
  }
  const demoThere = models.data.length > 0;
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBottom: 16 }}
      title={t(isAdmin ? 'next.adminTitle' : 'next.userTitle')}
      description={t(isAdmin ? 'next.adminText' : demoThere ? 'next.userText' : 'next.userNothing')}
      action={
        isAdmin ? (
          <LinkButton to="/admin/start" color="primary" variant="solid" size="small">
            {t('next.adminAction')}
          </LinkButton>
        ) : demoThere ? (
          <LinkButton to="/chat" search={{ model: DEMO }} size="small">
            {t('next.userAction')}
          </LinkButton>
        ) : undefined
      }
    />
  );
}
