package kura;

import static org.elasticsearch.rest.RestRequest.Method.GET;
import static org.elasticsearch.rest.RestRequest.Method.HEAD;

import java.util.List;
import org.elasticsearch.Build;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;

/** What a node says of itself at `/`, by which clients know it: the core comes without. */
final class Greeting extends BaseRestHandler {
    @Override
    public String getName() {
        return "kura_greeting";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(GET, "/"), new Route(HEAD, "/"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        return channel -> channel.sendResponse(new RestResponse(
            RestStatus.OK,
            channel.newBuilder()
                .startObject()
                .field("name", client.settings().get("node.name"))
                .startObject("version")
                .field("number", Build.current().version())
                .endObject()
                .field("tagline", "You Know, for Search")
                .endObject()));
    }
}
