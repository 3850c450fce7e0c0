import { getRouteApi } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { useModel } from './api/models';
import { EditModel } from './EditModel';
import { copyOf } from './form/mapping';
import { NEW_MODEL } from './form/values';
import { NewModel } from './NewModel';
import './model.css';

const newRoute = getRouteApi('/app/admin/models/new');
const editRoute = getRouteApi('/app/admin/models/$id');

export function NewModelPage() {
  const { from } = newRoute.useSearch();
  return from === undefined ? <NewModel initial={NEW_MODEL} /> : <CopiedModel from={from} />;
}

function CopiedModel({ from }: { from: string }) {
  const { t } = useTranslation('model');
  const { data, error, refetch } = useModel(from);
  if (data !== undefined) {
    return <NewModel key={data.id} initial={copyOf(data, t('form.copyName', { name: data.name }))} />;
  }
  return error === null ? <Skeleton active /> : <ErrorState error={error} retry={() => void refetch()} list="/admin/models" />;
}

export function EditModelPage() {
  const { id } = editRoute.useParams();
  const { data, error, refetch } = useModel(id);
  if (data !== undefined) {
    return <EditModel key={data.id} model={data} />;
  }
  return error === null ? <Skeleton active /> : <ErrorState error={error} retry={() => void refetch()} list="/admin/models" />;
}
