# What a new node runs, after the lines that set POOL, TAINT, REGISTRY and CREDENTIAL_PROVIDER.
# TAINT is empty for the pool that takes everything.
set -euo pipefail

# The image's file system ends at 47 GB, however large the boot volume is. A node that keeps it joins all the same: an
# alarm looks at its disk.
/usr/libexec/oci-growfs -y || echo 'the file system has not grown' >&2

# Elasticsearch maps its files into memory.
if [[ $POOL == elasticsearch ]]; then
  echo 'vm.max_map_count = 262144' > /etc/sysctl.d/90-elasticsearch.conf
  sysctl --load /etc/sysctl.d/90-elasticsearch.conf
fi

# Images are pulled with the node's own identity, so that no Secret holds a password of the registry.
mkdir -p /etc/kubernetes
curl --fail --silent --show-error --location --retry 10 --retry-connrefused \
  --output /usr/local/bin/credential-provider-oke "$CREDENTIAL_PROVIDER"
chmod 755 /usr/local/bin/credential-provider-oke
cat > /etc/kubernetes/credential-provider.yaml << YAML
apiVersion: kubelet.config.k8s.io/v1
kind: CredentialProviderConfig
providers:
  - name: credential-provider-oke
    apiVersion: credentialprovider.kubelet.k8s.io/v1
    matchImages: ["$REGISTRY"]
    defaultCacheDuration: 55m
    env:
      - { name: REGISTRY_TOKEN_PATH, value: /20180419/docker/token }
      - { name: DEFAULT_USER, value: BEARER_TOKEN }
      - { name: REGISTRY_PROTOCOL, value: https }
      - { name: OCIR_AUTH_METHOD, value: INSTANCE_PRINCIPAL }
YAML

# A managed node pool has no field for taints, so a node registers with its own.
kubelet="--image-credential-provider-bin-dir=/usr/local/bin --image-credential-provider-config=/etc/kubernetes/credential-provider.yaml"
if [[ -n $TAINT ]]; then
  kubelet+=" --register-with-taints=$TAINT"
fi

curl --fail --silent --show-error --header 'Authorization: Bearer Oracle' --retry 10 --retry-connrefused \
  http://169.254.169.254/opc/v2/instance/metadata/oke_init_script | base64 --decode > /var/run/oke-init.sh
bash /var/run/oke-init.sh --kubelet-extra-args "$kubelet"
