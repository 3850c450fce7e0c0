import { Alert, App, Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmByName } from '@/components/ConfirmByName';
import { useErrorText } from '@/components/ErrorState';
import { useBulkStatus } from '../api/bulk';
import type { Model } from '../api/models';

/** What can be done with all chosen models at once. */
export function BulkBar({ chosen, onDone }: { chosen: Model[]; onDone: () => void }) {
  const { t } = useTranslation(['model', 'common']);
  const { message } = App.useApp();
  const textOf = useErrorText();
  const acting = useBulkStatus();
  const [confirming, setConfirming] = useState(false);
  const count = chosen.length;
  const deletable = chosen.filter((model) => !model.built_in);

  // Awaited, not told by the mutation's callbacks: when all chosen models are gone, so is this bar, and they are never called.
  const act = async (ids: string[], status: 'enabled' | 'disabled' | 'deleted', done: string) => {
    try {
      const results = await acting.mutateAsync({ ids, status });
      const fault = results.data.find(({ ok }) => !ok);
      if (fault === undefined) {
        message.success(t(done, { count: results.done }));
      } else {
        message.warning(t('bulk.partly', { done: results.done, count: results.failed, id: fault.model_id, reason: textOf(fault.error) }));
      }
      setConfirming(false);
      onDone();
    } catch (error) {
      message.error(textOf(error));
    }
  };
  const all = chosen.map(({ id }) => id);

  return (
    <>
      <Alert
        type="info"
        style={{ marginBottom: 12 }}
        title={
          <Space wrap>
            <span style={{ marginInlineEnd: 8 }}>{t('bulk.chosen', { count })}</span>
            <Button size="small" onClick={() => void act(all, 'enabled', 'bulk.on')} loading={acting.isPending}>
              {t('common:action.enable')}
            </Button>
            <Button size="small" onClick={() => void act(all, 'disabled', 'bulk.off')} loading={acting.isPending}>
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
        busy={acting.isPending}
        onConfirm={() => void act(deletable.map(({ id }) => id), 'deleted', 'bulk.deleted')}
        onCancel={() => setConfirming(false)}
      />
    </>
  );
}
