package io.webchat.dynamo.s3;

import io.webchat.dynamo.internal.table.ConcurrencyLimiter;
import java.net.URI;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.apis.ApiMetadata;
import org.jclouds.blobstore.BlobStoreContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A server of S3's protocol in this JVM, whose objects are in memory.
 *
 * <p>S3 promises that of several writes with {@code If-None-Match: *} at once one succeeds. This server looks for the
 * object and then writes it, in two steps, so several of them could succeed. Therefore its clients send such writes one
 * after another.
 */
final class S3Server implements AutoCloseable {
    static final String BUCKET = "files";

    private static final String KEY = "webchat";

    private final BlobStoreContext objects;
    private final S3Proxy proxy;
    private final ConcurrencyLimiter conditionalWrites = new ConcurrencyLimiter(1);

    private S3Server(BlobStoreContext objects, S3Proxy proxy) {
        this.objects = objects;
        this.proxy = proxy;
    }

    /** Starts a server with an empty bucket. */
    static S3Server start() throws Exception {
        BlobStoreContext objects = ContextBuilder.newBuilder(memory())
                .credentials(KEY, KEY)
                .overrides(new Properties())
                .build(BlobStoreContext.class);
        objects.getBlobStore().createContainerInLocation(null, BUCKET);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(objects.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.NONE, KEY, KEY)
                .build();
        proxy.start();
        return new S3Server(objects, proxy);
    }

    /** By its name: javac warns of an annotation of this class that is not on the class path. */
    private static ApiMetadata memory() throws ReflectiveOperationException {
        return Class.forName("org.jclouds.blobstore.TransientApiMetadata")
                .asSubclass(ApiMetadata.class)
                .getConstructor()
                .newInstance();
    }

    /** Returns a client, which the caller closes. The server does not know the checksums that the client adds. */
    S3AsyncClient client() {
        return new FaithfulClient(S3AsyncClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + proxy.getPort()))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .build());
    }

    /** A client whose conditional writes wait for those of all clients of this server. */
    private final class FaithfulClient extends DelegatingS3AsyncClient {
        FaithfulClient(S3AsyncClient client) {
            super(client);
        }

        @Override
        protected <T extends S3Request, R> CompletableFuture<R> invokeOperation(
                T request, Function<T, CompletableFuture<R>> operation) {
            return request instanceof PutObjectRequest put && put.ifNoneMatch() != null
                    ? conditionalWrites.run(() -> operation.apply(request))
                    : operation.apply(request);
        }
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new AssertionError("the server did not stop", e);
        }
        objects.close();
    }
}
