import type { DirectoryValue } from './directory-user.ts';

/** A device that Intune manages: properties of the Graph v1.0 `managedDevice` resource. What is not there is null. */
export interface ManagedDevice {
  readonly id: string;
  /** Empty where nobody has the device. */
  readonly userId: string;
  readonly [property: string]: DirectoryValue;
}

/** Properties to give a device; `EntraTenant.addDevice` fills in the rest. */
export interface DeviceProperties {
  readonly [property: string]: DirectoryValue;
}
