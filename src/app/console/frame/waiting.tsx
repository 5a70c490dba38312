import { Skeleton } from 'antd'

/** While a screen is on its way from the hub. */
export const Waiting = () => <Skeleton active paragraph={{ rows: 8 }} />
