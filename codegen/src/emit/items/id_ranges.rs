//! Dividing ids into ranges that one more id leaves as they are.

/// The ids from `first` to `last`, and what has one of them.
#[derive(Debug)]
pub(crate) struct IdRange<T> {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) members: Vec<T>,
}

/// Divides what is sorted by ids into ranges that together cover every id. A range with more than `most` members is halved, so that
/// one more member changes the range of its id alone, and at most halves that.
pub(crate) fn id_ranges<T>(members: Vec<T>, most: usize, id: impl Fn(&T) -> u32 + Copy) -> Vec<IdRange<T>> {
    let mut ranges = Vec::new();
    halve(IdRange { first: 0, last: u32::MAX, members }, most, id, &mut ranges);
    ranges
}

fn halve<T>(range: IdRange<T>, most: usize, id: impl Fn(&T) -> u32 + Copy, ranges: &mut Vec<IdRange<T>>) {
    let IdRange { first, last, members: mut low } = range;
    if low.len() <= most || first == last {
        ranges.push(IdRange { first, last, members: low });
        return;
    }
    let middle = u32::midpoint(first, last);
    let high = low.split_off(low.partition_point(|it| id(it) <= middle));
    let begin = ranges.len();
    if !low.is_empty() {
        halve(IdRange { first, last: middle, members: low }, most, id, ranges);
    }
    if !high.is_empty() {
        halve(IdRange { first: middle + 1, last, members: high }, most, id, ranges);
    }
    // A half without members goes to its neighbour.
    if let Some(range) = ranges.get_mut(begin) {
        range.first = first;
    }
    if let Some(range) = ranges.last_mut() {
        range.last = last;
    }
}

#[cfg(test)]
mod tests {
    use super::id_ranges;

    fn firsts(ids: &[u32]) -> Vec<u32> {
        let ranges = id_ranges(ids.to_vec(), 2, |id| *id);
        assert_eq!(ranges.iter().map(|it| it.members.len()).sum::<usize>(), ids.len());
        assert!(ranges.iter().all(|it| it.members.iter().all(|id| (it.first..=it.last).contains(id))));
        assert!(ranges.windows(2).all(|pair| pair[0].last + 1 == pair[1].first));
        assert_eq!((ranges[0].first, ranges[ranges.len() - 1].last), (0, u32::MAX));
        ranges.iter().map(|range| range.first).collect()
    }

    #[test]
    fn one_more_id_changes_one_range() {
        assert_eq!(firsts(&[]), [0]);
        assert_eq!(firsts(&[1, u32::MAX]), [0]);
        assert_eq!(firsts(&[1, 0x8000_0000, u32::MAX]), [0, 0x8000_0000]);
        assert_eq!(firsts(&[1, 0x8000_0000, 0xc000_0000, u32::MAX]), [0, 0x8000_0000, 0xc000_0000]);
        assert_eq!(firsts(&[1, 0x8000_0000, 0xc000_0000, 0xc000_0001]), [0, 0x8000_0000, 0xc000_0000]);
    }

    #[test]
    fn halves_without_ids_go_to_their_neighbours() {
        assert_eq!(firsts(&[0xffff_fffd, 0xffff_fffe, 0xffff_ffff]), [0, 0xffff_fffe]);
        assert_eq!(firsts(&[0, 1, 2]), [0, 2]);
    }
}
