"""信用凭证: claims about oneself as an SD-JWT VC, bound to one's own key, valid while they hold."""
