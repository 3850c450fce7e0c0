import { App, Switch, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import { useChangeModel } from '../api/changeModel';
import type { Model } from '../api/models';

/** Switches a model on or off where it stands. The gateways follow within a second. */
export function StatusSwitch({ model }: { model: Model }) {
  const { t } = useTranslation('model');
  const { message } = App.useApp();
  const textOf = useErrorText();
  const changing = useChangeModel();
  const on = model.status === 'enabled';
  const flip = (next: boolean) =>
    changing.mutate(
      { id: model.id, fields: { status: next ? 'enabled' : 'disabled' } },
      {
        onSuccess: () => message.success(t(next ? 'list.switchedOn' : 'list.switchedOff', { name: model.name })),
        onError: (error) => message.error(textOf(error)),
      },
    );
  return (
    <Tooltip title={t(`status.${model.status}Help`)}>
      <Switch size="small" checked={on} loading={changing.isPending} onChange={flip} aria-label={t('list.switch', { name: model.name })} />
    </Tooltip>
  );
}
