import {
  containerengine,
  core,
  filestorage,
  healthchecks,
  loadbalancer,
  objectstorage,
  ons,
  sch,
  waf,
} from '@pulumi/oci'
import type { Kind } from '../rule/index.ts'

/** Namespaces of Oracle's services in Monitoring, and the resources that emit to them. */
export const SERVICES: Record<string, Kind[]> = {
  oci_computeagent: [containerengine.NodePool, core.Instance],
  oci_fastconnect: [core.VirtualCircuit],
  oci_filestorage: [filestorage.MountTarget, filestorage.FileSystem],
  oci_healthchecks: [healthchecks.HttpMonitor],
  oci_lbaas: [loadbalancer.LoadBalancer],
  oci_nat_gateway: [core.NatGateway],
  oci_notification: [ons.NotificationTopic],
  oci_objectstorage: [objectstorage.Bucket],
  oci_oke: [containerengine.Cluster],
  oci_service_connector_hub: [sch.Connector],
  oci_waf: [waf.AppFirewall],
}
