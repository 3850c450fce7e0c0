import { CloseOutlined, ExclamationCircleOutlined, FileImageOutlined, FilePdfOutlined, FileTextOutlined } from '@ant-design/icons';
import { Button, Progress, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shownSize } from '@/lib/size';
import './FileChips.css';

export interface FileChip {
  key: string;
  name: string;
  size: number;
  kind: 'text' | 'pdf' | 'image';
  /** Of an image, where the browser has one. */
  preview?: string | undefined;
  /** From 0 to 1 while it is sent. */
  progress?: number | undefined;
  /** What went wrong, or what to know. */
  note?: string | undefined;
  failed?: boolean | undefined;
}

const SIGN: Record<FileChip['kind'], ReactNode> = { text: <FileTextOutlined />, pdf: <FilePdfOutlined />, image: <FileImageOutlined /> };

/** Files in a row: what they are, how far they have come, and a way to be rid of them, or to have them. */
export function FileChips({ files, label, onRemove, onOpen }: { files: FileChip[]; label: string; onRemove?: (key: string) => void; onOpen?: (key: string) => void }) {
  const { t } = useTranslation();
  if (files.length === 0) {
    return null;
  }
  return (
    <ul className="file-chips" aria-label={label}>
      {files.map((file) => {
        const body = (
          <>
            {file.preview === undefined ? <Typography.Text className="file-chip-sign" type={file.failed === true ? 'danger' : undefined}>{file.failed === true ? <ExclamationCircleOutlined /> : SIGN[file.kind]}</Typography.Text> : <img src={file.preview} alt="" />}
            <span className="file-chip-text">
              <span className="file-chip-name" title={file.name}>
                {file.name}
              </span>
              <Typography.Text className="file-chip-note" type={file.failed === true ? 'danger' : 'secondary'} role={file.failed === true ? 'alert' : undefined}>
                {file.note ?? shownSize(file.size)}
              </Typography.Text>
              {file.progress !== undefined && <Progress percent={Math.round(file.progress * 100)} size="small" showInfo={false} aria-label={file.name} />}
            </span>
          </>
        );
        return (
          <li key={file.key} className={file.failed === true ? 'file-chip file-chip-failed' : 'file-chip'}>
            {onOpen === undefined ? (
              body
            ) : (
              <button type="button" className="file-chip-open" aria-label={t('file.download', { name: file.name })} onClick={() => onOpen(file.key)}>
                {body}
              </button>
            )}
            {onRemove !== undefined && <Button type="text" size="small" shape="circle" icon={<CloseOutlined />} aria-label={t('file.remove', { name: file.name })} onClick={() => onRemove(file.key)} />}
          </li>
        );
      })}
    </ul>
  );
}
