import { App, Button, Drawer, Grid, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModelPrices } from '@/lib/prices';
import { isLost } from '@/lib/query';
import type { RateCard } from '@/lib/rateCard';
import { EmptyState } from '../EmptyState';
import { ErrorState } from '../ErrorState';
import { PriceForm } from './PriceForm';
import { PriceVersions } from './PriceVersions';

interface Props {
  model: { id: string; name: string; model_id: string; upstream_model: string | null; price: RateCard | null };
  open: boolean;
  onClose: () => void;
}

/** A model's price in whole: its versions, and a new one. */
export function PriceDrawer({ model, open, onClose }: Props) {
  const { t } = useTranslation('ratecard');
  const { message } = App.useApp();
  const phone = Grid.useBreakpoint().md === false;
  const [writing, setWriting] = useState(false);
  const versions = useModelPrices(open ? model.id : null);
  const close = () => {
    setWriting(false);
    onClose();
  };
  return (
    <Drawer
      open={open}
      onClose={close}
      size={phone ? '100%' : 640}
      title={t(writing ? 'newVersionOf' : 'versionsOf', { name: model.name })}
      destroyOnHidden
      extra={
        !writing && (
          <Button type="primary" onClick={() => setWriting(true)}>
            {t('newVersion')}
          </Button>
        )
      }
    >
      {writing ? (
        <PriceForm
          modelId={model.id}
          upstreamName={model.upstream_model ?? model.model_id}
          card={model.price}
          onDone={() => {
            setWriting(false);
            message.success(t('savedVersion'));
          }}
          onCancel={() => setWriting(false)}
        />
      ) : isLost(versions) ? (
        <ErrorState error={versions.error} retry={() => void versions.refetch()} />
      ) : versions.data === undefined ? (
        <Skeleton active />
      ) : versions.data.length === 0 ? (
        <EmptyState title={t('noVersions')} description={t('noVersionsText')} />
      ) : (
        <PriceVersions versions={versions.data} />
      )}
    </Drawer>
  );
}
