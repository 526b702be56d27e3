package kura;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;

/**
 * Sends CRC32C with DeleteObjects. Oracle's object storage refuses CRC32, which the SDK sends where a request has no
 * checksum, and Elasticsearch then calls a snapshot deleted whose objects stay.
 */
public class DeleteChecksum implements ExecutionInterceptor {
  @Override
  public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    if (!(context.request() instanceof DeleteObjectsRequest)) return context.httpRequest();
    CRC32C checksum = new CRC32C();
    try (InputStream body = context.requestBody().orElseThrow().contentStreamProvider().newStream()) {
      checksum.update(body.readAllBytes());
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
    return context.httpRequest().copy(
        request -> request.putHeader("x-amz-checksum-crc32c", Base64.getEncoder().encodeToString(bytes)));
  }
}
