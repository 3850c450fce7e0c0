import { DownOutlined, EditOutlined, PlusOutlined, ThunderboltOutlined, UploadOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ImportModels } from './ImportModels';

/** The ways to a new model. */
export function AddModelButton() {
  const { t } = useTranslation('model');
  const navigate = useNavigate();
  const [importing, setImporting] = useState(false);
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'preset', icon: <ThunderboltOutlined />, label: t('add.preset'), onClick: () => void navigate({ to: '/admin/start' }) },
            { key: 'import', icon: <UploadOutlined />, label: t('add.import'), onClick: () => setImporting(true) },
            { key: 'hand', icon: <EditOutlined />, label: t('add.hand'), onClick: () => void navigate({ to: '/admin/models/new' }) },
          ],
        }}
      >
        <Button type="primary" icon={<PlusOutlined />}>
          {t('add.action')} <DownOutlined />
        </Button>
      </Dropdown>
      <ImportModels open={importing} onClose={() => setImporting(false)} />
    </>
  );
}
