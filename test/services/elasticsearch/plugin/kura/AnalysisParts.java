package kura;

import com.ibm.icu.text.Normalizer2;
import java.io.Reader;
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
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.icu.ICUNormalizer2CharFilter;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseBaseFormFilter;
import org.apache.lucene.analysis.ja.JapaneseNumberFilter;
import org.apache.lucene.analysis.ja.JapanesePartOfSpeechStopFilter;
import org.apache.lucene.analysis.ja.JapaneseReadingFormFilter;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.elasticsearch.cluster.metadata.IndexNameExpressionResolver;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestHandler;

/**
 * What of analysis-kuromoji, analysis-icu and analysis-common the server's own users and an index of ours need, under
 * the official names and settings: the core that Maven Central has is without them. The classes behind are Lucene's
 * own, as they are in production.
 */
public final class AnalysisParts extends Plugin implements AnalysisPlugin, ActionPlugin {
    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of(
            "kuromoji_tokenizer", tokenizer(settings -> {
                var mode = JapaneseTokenizer.Mode.valueOf(settings.get("mode", "search").toUpperCase());
                var discard = settings.getAsBoolean("discard_compound_token", false);
                return () -> new JapaneseTokenizer(null, true, discard, mode);
            }),
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
            "kuromoji_baseform", filter(settings -> JapaneseBaseFormFilter::new),
            "kuromoji_number", filter(settings -> JapaneseNumberFilter::new),
            "kuromoji_part_of_speech", filter(settings -> tokens ->
                new JapanesePartOfSpeechStopFilter(tokens, JapaneseAnalyzer.getDefaultStopTags())),
            "kuromoji_readingform", filter(settings -> tokens -> new JapaneseReadingFormFilter(tokens, false)),
            "porter_stem", filter(settings -> PorterStemFilter::new),
            "unique", filter(settings -> RemoveDuplicatesTokenFilter::new),
            "pattern_capture", filter(settings -> {
                var patterns = settings.getAsList("patterns").stream().map(Pattern::compile).toArray(Pattern[]::new);
                boolean original = settings.getAsBoolean("preserve_original", true);
                return tokens -> new PatternCaptureGroupTokenFilter(tokens, original, patterns);
            }));
    }

    @Override
    public Map<String, AnalysisProvider<CharFilterFactory>> getCharFilters() {
        return Map.of("icu_normalizer", (index, environment, name, settings) -> new CharFilterFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Reader create(Reader reader) {
                return new ICUNormalizer2CharFilter(reader, Normalizer2.getNFKCCasefoldInstance());
            }
        });
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
