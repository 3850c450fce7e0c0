import { getRouteApi, Link, useRouterState } from '@tanstack/react-router';
import { App, Button, Skeleton, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BillingMark, CallOutcome } from '@/components/CallOutcome';
import { ErrorState } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { isLost } from '@/lib/query';
import { useCorrect, useRecord } from './api/records';
import { Bodies } from './components/Bodies';
import { CorrectForm } from './components/CorrectForm';
import { CostLines } from './components/CostLines';
import { Facts } from './components/Facts';
import { Attempts, Corrections } from './components/History';
import { Times } from './components/Times';
import './components/call.css';

const route = getRouteApi('/app/admin/calls/$id');

/** One call's whole story. */
export function CallPage() {
  const { t } = useTranslation('record');
  const { t: common } = useTranslation();
  const { message } = App.useApp();
  const { id } = route.useParams();
  const log = useRouterState({ select: (state) => state.location.state.calls }) ?? {};
  const record = useRecord(id);
  const correcting = useCorrect(id);
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    correcting.reset();
  };
  if (record.isPending) {
    return <Skeleton active paragraph={{ rows: 10 }} />;
  }
  if (isLost(record)) {
    return (
      <>
        <PageHeader title={t('call')} />
        <ErrorState error={record.error} retry={() => void record.refetch()} list="/admin/calls" />
      </>
    );
  }
  const { data } = record;
  return (
    <>
      <PageHeader
        title={t('callOf', { model: data.model })}
        description={
          <Space size={6} wrap>
            <CallOutcome outcome={data.outcome} />
            <BillingMark billing={data.billing} />
            {data.corrected && <Tag color="processing">{t('corrected')}</Tag>}
            {data.attempt_number > 1 && <Tag>{t('attemptNumber', { number: data.attempt_number })}</Tag>}
          </Space>
        }
        actions={
          <>
            <Link to="/admin/calls" search={log}>
              {t('title')}
            </Link>
            <Button onClick={() => setOpen(true)} disabled={Number(data.cost) === 0}>
              {t('correct')}
            </Button>
          </>
        }
      />
      <div className="call-columns">
        <Times record={data} />
        <CostLines record={data} />
        <Facts record={data} />
      </div>
      <Bodies key={id} id={id} />
      <Attempts record={data} />
      <Corrections record={data} />
      <CorrectForm
        open={open}
        record={data}
        busy={correcting.isPending}
        error={correcting.error}
        onCancel={close}
        onSubmit={(values) =>
          correcting.mutate(values, {
            onSuccess: () => {
              message.success(common('state.saved'));
              close();
            },
          })
        }
      />
    </>
  );
}
