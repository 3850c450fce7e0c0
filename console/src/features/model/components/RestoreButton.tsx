import { App, Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import { useRestoreKey } from '../api/restoreKey';
import type { ProviderKey } from '../keyHealth';

/** For a key that is out though its trouble is over. One that cannot be opened has to be entered again instead. */
export function RestoreButton({ modelId, apiKey, title }: { modelId: string; apiKey: ProviderKey; title: string }) {
  const { t } = useTranslation('model');
  const { message } = App.useApp();
  const textOf = useErrorText();
  const restoring = useRestoreKey();
  const { state } = apiKey.health;
  if (state === 'healthy' || state === 'corrupt') {
    return null;
  }
  return (
    <Tooltip title={t('keys.restoreHelp')}>
      <Button
        size="small"
        loading={restoring.isPending}
        aria-label={t('keys.restoreOf', { name: title })}
        onClick={() =>
          restoring.mutate(
            { id: modelId, keyId: apiKey.id },
            { onSuccess: () => message.success(t('keys.restored', { name: title })), onError: (error) => message.error(textOf(error)) },
          )
        }
      >
        {t('keys.restore')}
      </Button>
    </Tooltip>
  );
}
