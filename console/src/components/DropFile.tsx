import { InboxOutlined } from '@ant-design/icons';
import { Upload } from 'antd';

interface Props {
  /** File names and types, as an input takes them. */
  accept: string;
  text: string;
  hint: string;
  onFile: (file: File) => void;
}

/** Takes a file by drop or by choice. It goes nowhere by itself. */
export function DropFile({ accept, text, hint, onFile }: Props) {
  return (
    <Upload.Dragger
      accept={accept}
      showUploadList={false}
      beforeUpload={(file) => {
        onFile(file);
        return Upload.LIST_IGNORE;
      }}
    >
      <p className="ant-upload-drag-icon">
        <InboxOutlined aria-hidden />
      </p>
      <p className="ant-upload-text break-anywhere">{text}</p>
      <p className="ant-upload-hint">{hint}</p>
    </Upload.Dragger>
  );
}
