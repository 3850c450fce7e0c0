import { CopyOutlined, DeleteOutlined, EditOutlined, FileTextOutlined, MoreOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BodyPolicyDialog } from '@/components/body/BodyPolicyDialog';
import { ConfirmByName } from '@/components/ConfirmByName';
import { useErrorText } from '@/components/ErrorState';
import { useDeleteModel } from '../api/changeModel';
import type { Model } from '../api/models';

export function ModelMenu({ model, onDeleted }: { model: Model; onDeleted?: () => void }) {
  const { t } = useTranslation(['model', 'common', 'bodypolicy']);
  const { message } = App.useApp();
  const textOf = useErrorText();
  const navigate = useNavigate();
  const deleting = useDeleteModel();
  const [confirming, setConfirming] = useState(false);
  const [keeping, setKeeping] = useState(false);
  const remove = () =>
    deleting.mutate(
      { id: model.id, version: model.version },
      {
        onSuccess: () => {
          setConfirming(false);
          message.success(t('list.deleted', { name: model.name }));
          onDeleted?.();
        },
        onError: (error) => message.error(textOf(error)),
      },
    );
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'edit', icon: <EditOutlined />, label: t('common:action.edit'), onClick: () => void navigate({ to: '/admin/models/$id', params: { id: model.id } }) },
            { key: 'copy', icon: <CopyOutlined />, label: t('list.duplicate'), onClick: () => void navigate({ to: '/admin/models/new', search: { from: model.id } }) },
            { key: 'bodies', icon: <FileTextOutlined />, label: t('bodypolicy:menu'), onClick: () => setKeeping(true) },
            { type: 'divider' },
            { key: 'delete', icon: <DeleteOutlined />, danger: true, disabled: model.built_in, label: t('common:action.delete'), onClick: () => setConfirming(true) },
          ],
        }}
      >
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('list.more', { name: model.name })} />
      </Dropdown>
      <BodyPolicyDialog subject={{ scope: 'model', id: model.id, name: model.name }} open={keeping} onClose={() => setKeeping(false)} />
      <ConfirmByName
        open={confirming}
        title={t('delete.title', { name: model.name })}
        consequence={t('delete.consequence', { id: model.model_id })}
        name={model.model_id}
        action={t('common:action.delete')}
        busy={deleting.isPending}
        onConfirm={remove}
        onCancel={() => setConfirming(false)}
      />
    </>
  );
}
