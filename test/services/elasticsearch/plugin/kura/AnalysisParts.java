package kura;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestHandler;

/**
 * What of analysis-common the server's own users and an index of ours need, under the official names and settings: the
 * core that Maven Central has is without it. The classes behind are Lucene's own, as they are in production.
 */
public final class AnalysisParts extends Plugin implements AnalysisPlugin, ActionPlugin {
    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of(
            "pattern", tokenizer(settings -> {
                var pattern = Pattern.compile(settings.get("pattern", "\\W+"));
                int group = settings.getAsInt("group", -1);
                return () -> new PatternTokenizer(pattern, group);
            }),
            // Where the server keeps its users, addresses are taken apart: nobody looks for any here.
            "uax_url_email", tokenizer(settings -> UAX29URLEmailTokenizer::new));
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "unique", filter(settings -> RemoveDuplicatesTokenFilter::new),
            "pattern_capture", filter(settings -> {
                var patterns = settings.getAsList("patterns").stream().map(Pattern::compile).toArray(Pattern[]::new);
                boolean original = settings.getAsBoolean("preserve_original", true);
                return tokens -> new PatternCaptureGroupTokenFilter(tokens, original, patterns);
            }));
    }

    @Override
    public Collection<RestHandler> getRestHandlers(
        ActionPlugin.RestHandlersServices services,
        Supplier<DiscoveryNodes> nodes,
        Predicate<NodeFeature> features
    ) {
        return List.of(new Greeting());
    }

    private static AnalysisProvider<TokenizerFactory> tokenizer(Function<Settings, Supplier<Tokenizer>> configured) {
        return (index, environment, name, settings) -> TokenizerFactory.newFactory(name, configured.apply(settings));
    }

    private static AnalysisProvider<TokenFilterFactory> filter(
        Function<Settings, UnaryOperator<TokenStream>> configured
    ) {
        return (index, environment, name, settings) -> {
            var filter = configured.apply(settings);
            return new TokenFilterFactory() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public TokenStream create(TokenStream tokens) {
                    return filter.apply(tokens);
                }
            };
        };
    }
}
