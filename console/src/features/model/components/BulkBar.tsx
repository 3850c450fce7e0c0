import { Alert, App, Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmByName } from '@/components/ConfirmByName';
import { useErrorText } from '@/components/ErrorState';
import { useBulkDelete, useBulkStatus } from '../api/bulk';
import type { Model } from '../api/models';

/** What can be done with all chosen models at once. */
export function BulkBar({ chosen, onDone }: { chosen: Model[]; onDone: () => void }) {
  const { t } = useTranslation(['model', 'common']);
  const { message } = App.useApp();
  const textOf = useErrorText();
  const switching = useBulkStatus();
  const deleting = useBulkDelete();
  const [confirming, setConfirming] = useState(false);
  const count = chosen.length;
  const deletable = chosen.filter((model) => !model.built_in);
  const failed = (error: unknown) => message.error(textOf(error));

  const turn = (status: 'enabled' | 'disabled') =>
    switching.mutate(
      { ids: chosen.map(({ id }) => id), status },
      {
        onSuccess: () => {
          message.success(t(status === 'enabled' ? 'bulk.on' : 'bulk.off', { count }));
          onDone();
        },
        onError: failed,
      },
    );
  const remove = () =>
    deleting.mutate(deletable, {
      onSuccess: () => {
        setConfirming(false);
        message.success(t('bulk.deleted', { count: deletable.length }));
        onDone();
      },
      onError: failed,
    });

  return (
    <>
      <Alert
        type="info"
        style={{ marginBottom: 12 }}
        title={t('bulk.chosen', { count })}
        action={
          <Space wrap>
            <Button size="small" onClick={() => turn('enabled')} loading={switching.isPending}>
              {t('common:action.enable')}
            </Button>
            <Button size="small" onClick={() => turn('disabled')} loading={switching.isPending}>
              {t('common:action.disable')}
            </Button>
            <Button size="small" danger disabled={deletable.length === 0} onClick={() => setConfirming(true)}>
              {t('common:action.delete')}
            </Button>
            <Button size="small" type="text" onClick={onDone}>
              {t('bulk.clear')}
            </Button>
          </Space>
        }
      />
      <ConfirmByName
        open={confirming}
        title={t('bulk.deleteTitle', { count: deletable.length })}
        consequence={
          <>
            {t('bulk.deleteConsequence')} <span className="break-anywhere">{deletable.map(({ name }) => name).join(t('bulk.comma'))}</span>
          </>
        }
        name={t('bulk.deleteWord', { count: deletable.length })}
        action={t('common:action.delete')}
        busy={deleting.isPending}
        onConfirm={remove}
        onCancel={() => setConfirming(false)}
      />
    </>
  );
}
